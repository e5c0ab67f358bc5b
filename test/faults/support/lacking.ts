import type { FaultAction } from '../../../sandbox';

/** The `data` of a page, as the sandbox sends it. */
interface Data {
	items?: unknown;
	has_more?: unknown;
	page_token?: unknown;
}

/** Replaces the `data` of a page with what `change` makes of it. Other answers stay as they are. */
export function lacking(change: (data: Data) => unknown): FaultAction {
	return (_request, answer) => {
		if (answer.status !== 200 || typeof answer.body !== 'string') return answer;
		const body = JSON.parse(answer.body) as { code: number; data?: Data };
		if (body.code !== 0 || !body.data) return answer;
		return { ...answer, body: JSON.stringify({ ...body, data: change(body.data) }) };
	};
}
