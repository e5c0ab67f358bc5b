import type { FaultAction } from '../../../sandbox';

/** `data` of a page, as the sandbox sends it. */
interface Data {
	items?: unknown;
	has_more?: unknown;
	page_token?: unknown;
}

/** A page in whose place comes what `change` makes of its `data`; anything but a page stays as it is. */
export function lacking(change: (data: Data) => unknown): FaultAction {
	return (_request, answer) => {
		if (answer.status !== 200 || typeof answer.body !== 'string') return answer;
		const body = JSON.parse(answer.body) as { code: number; data?: Data };
		if (body.code !== 0 || !body.data) return answer;
		return { ...answer, body: JSON.stringify({ ...body, data: change(body.data) }) };
	};
}
