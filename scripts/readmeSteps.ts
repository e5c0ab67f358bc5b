/** The kind of a line in the README's code blocks, for running it. */
export type Kind =
	/** Ends by itself, within minutes. */
	| 'command'
	/** Ends by itself, but takes long. */
	| 'long'
	/** Runs until it is stopped, and says when it is ready. */
	| 'server'
	/** Like `server`, but installs a whole n8n first. */
	| 'longServer'
	/** Talks to the running server. */
	| 'request'
	/** Needs the package on npm. */
	| 'registry';

export interface Step {
	line: string;
	kind: Kind;
	/** What it prints when it has worked. */
	prints?: RegExp;
}

const KINDS: Array<[line: RegExp, kind: Kind, prints?: RegExp]> = [
	[/^npm run demo(?: -- --by candidate --email \S+)?$/, 'command', /7318840216653955117/],
	[/^mkdir -p ~\/\.n8n\/nodes$/, 'command'],
	[/^npm ci && npm run build && npm pack --pack-destination ~\/\.n8n\/nodes$/, 'command'],
	[/^cd ~\/\.n8n\/nodes && npm install --omit=peer \.\/n8n-nodes-feishu-hire-\*\.tgz$/, 'command'],
	[/^mkdir -p .* npm install --omit=peer n8n-nodes-feishu-hire$/, 'registry'],
	[/^npm test$/, 'long'],
	[/^npm run dev$/, 'longServer', /n8n is ready/],
	[/^npm run sandbox$/, 'server', /is running at/],
	[/^curl -X PUT http:\/\/127\.0\.0\.1:8787\/sandbox\/checks\/\d{19} /, 'request', /未通过/],
];

/**
 * The commands of a README, in its order: the lines of its bash code blocks, and the demo's
 * commands within the text.
 *
 * @throws Error for a line of unknown kind
 */
export function stepsOf(readme: string): Step[] {
	const blocks = /```bash\n([\s\S]*?)```|`(npm run demo -- [^`]+)`/g;
	const lines = [...readme.matchAll(blocks)].flatMap(([, block, inline]) =>
		(block ?? inline ?? '').split('\n'),
	);
	return lines
		.map((line) => line.replace(/\s+#\s.*/, '').trim())
		.filter((line) => line !== '')
		.map((line) => {
			const [, kind, prints] = KINDS.find(([pattern]) => pattern.test(line)) ?? [];
			if (!kind) throw new Error(`scripts/readmeSteps.ts does not say how to follow "${line}"`);
			return { line, kind, prints };
		});
}
