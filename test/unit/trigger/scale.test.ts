import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Figures } from './scale';

test('100,000 checks fit into 4 MB of state', async () => {
	const program = path.join(__dirname, 'scale.ts');
	const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program]);
	const figures = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Figures);
	expect(figures).toHaveLength(2);
	for (const { checks, stateBytes, events } of figures) {
		expect(checks).toBe(100_000);
		expect(stateBytes).toBeLessThan(4_000_000);
		expect(events).toEqual([0, 100_000]);
	}
}, 120_000);
