import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Verdict } from './verdicts';

const ROOT = path.resolve(__dirname, '../..');
const RUNS = 15;

/** Milliseconds that a fresh process takes to load node and credential once n8n-workflow is loaded. */
function requireMs(files: string[]): number {
	const script = `
		require('n8n-workflow');
		const startedAt = performance.now();
		for (const file of ${JSON.stringify(files)}) require(file);
		console.log(performance.now() - startedAt);`;
	return Number(execFileSync(process.execPath, ['-e', script], { cwd: ROOT, encoding: 'utf8' }));
}

/** Measures what the package costs n8n before it does anything. */
export function packageCosts(): Verdict[] {
	const { n8n } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
		n8n: { nodes: string[]; credentials: string[] };
	};
	const files = [...n8n.credentials, ...n8n.nodes].map((file) => path.join(ROOT, file));
	const times = Array.from({ length: RUNS }, () => requireMs(files)).sort((a, b) => a - b);
	const [median = NaN, least = NaN, most = NaN] = [RUNS >> 1, 0, RUNS - 1].map((n) => times[n]);

	const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ size }] = JSON.parse(packed) as [{ size: number }];
	return [
		{
			target: '`require` of the built package, beyond n8n-workflow < 15 ms',
			measured: `${median.toFixed(1)} ms (median of ${RUNS} processes, ${least.toFixed(1)} to ${most.toFixed(1)})`,
			reached: median < 15,
		},
		{
			target: 'packed size < 60 kB',
			measured: `${(size / 1000).toFixed(1)} kB`,
			reached: size < 60_000,
		},
	];
}
