import { runScript } from '../../harness/script';
import type { Figures } from './scale';

test('100,000 checks fit into 4 MB of state', async () => {
	const { stdout } = await runScript('test/unit/trigger/scale.ts');
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
