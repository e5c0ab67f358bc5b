import { subscribe } from 'node:diagnostics_channel';

const QUERY_PATH = '/external_background_checks/batch_query';

/** What has been sent and received so far. */
export interface Traffic {
	requests: number;
	pages: number;
}

/**
 * Counts the queries for checks, and the pages that came back. Node reports both.
 * @param onPage called with the number of pages so far
 */
export function watchTraffic(onPage: (pages: number) => void): Traffic {
	const traffic = { requests: 0, pages: 0 };
	const isQuery = (message: unknown) =>
		(message as { request: { path: string } }).request.path.includes(QUERY_PATH);
	subscribe('http.client.request.start', (message) => {
		if (isQuery(message)) traffic.requests += 1;
	});
	subscribe('http.client.response.finish', (message) => {
		const { response } = message as { response: { statusCode: number } };
		if (!isQuery(message) || response.statusCode !== 200) return;
		traffic.pages += 1;
		onPage(traffic.pages);
	});
	return traffic;
}
