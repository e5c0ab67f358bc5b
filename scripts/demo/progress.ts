import { clearLine, cursorTo } from 'node:readline';

/** Lines that come in order on a stream that is no terminal: one in so many. */
const EVERY = 5;

/** Pages that came in: one line that is rewritten on a terminal, plain lines elsewhere. */
export class Progress {
	/** @param stream stderr, so that stdout can be piped */
	constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

	page(count: number): void {
		if (this.stream.isTTY) {
			this.clear();
			this.stream.write(`  page ${count} …`);
		} else if (count % EVERY === 1) {
			this.stream.write(`  page ${count} …\n`);
		}
	}

	/** Takes the line away, so that what follows starts on a clean one. */
	end(): void {
		if (this.stream.isTTY) this.clear();
	}

	private clear(): void {
		cursorTo(this.stream, 0);
		clearLine(this.stream, 0);
	}
}
