import { clearLine, cursorTo } from 'node:readline';

/** On a stream that is not a terminal, only every n-th page gets a line. */
const EVERY = 5;

/** Shows how many pages have arrived: one line that is rewritten on a terminal, plain lines elsewhere. */
export class Progress {
	/** @param stream stderr by default, so that stdout can be piped */
	constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

	page(count: number): void {
		if (this.stream.isTTY) {
			this.clear();
			this.stream.write(`  page ${count} …`);
		} else if (count % EVERY === 1) {
			this.stream.write(`  page ${count} …\n`);
		}
	}

	/** Clears the line, so that what follows starts on a clean one. */
	end(): void {
		if (this.stream.isTTY) this.clear();
	}

	private clear(): void {
		cursorTo(this.stream, 0);
		clearLine(this.stream, 0);
	}
}
