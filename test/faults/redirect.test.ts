import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expectOneError, runCase } from './support/cases';
import type { Fault } from './support/catalogue';
import { setLimits, shortWaits } from './support/limits';
import { modes, positions } from './support/modes';

setLimits(shortWaits);

describe('a redirect to another host', () => {
	let other: Server;
	const arrived: string[] = [];

	beforeAll(async () => {
		other = createServer((request, response) => {
			arrived.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
			response.end('{}');
		});
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	});
	afterAll(() => {
		other.closeAllConnections();
		other.close();
	});

	const cases = [301, 302, 303, 307, 308].flatMap((status) =>
		Object.entries(positions).flatMap(([position, page]) =>
			modes.map((mode) => ({
				status,
				mode,
				page,
				title: `HTTP ${status}, ${position} page, ${mode.name}`,
			})),
		),
	);

	test.each(cases)('is not followed: $title', async ({ status, mode, page }) => {
		const to = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
		const fault: Fault = {
			name: 'redirect',
			do: { kind: 'redirect', to, status },
			treatment: 'fail',
			title: /redirect \(HTTP 30\d\), which the node does not follow/,
		};
		const outcome = await runCase({ fault, mode, page, times: Infinity });

		expectOneError(outcome, mode, fault.title, /Custom Base URL/, true);
		expect(outcome.concerned).toHaveLength(page);
		expect(arrived).toEqual([]);
	});

	test.each(modes)('is not followed by the token endpoint either: $name', async (mode) => {
		const to = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
		const outcome = await runCase({
			mode,
			times: 0,
			rules: () => [{ api: 'token', always: true, do: { kind: 'redirect', to, status: 307 } }],
		});

		expect(outcome.result.status).toBe('error');
		expect(outcome.result.error?.message).toMatch(/redirect \(HTTP 307\)/);
		expect([...outcome.concerned, ...outcome.others]).toEqual([]);
		expect(arrived).toEqual([]);
	});
});
