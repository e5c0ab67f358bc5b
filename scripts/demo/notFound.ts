import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** The node's `reason` for a candidate without checks, in words. */
const REASONS: Record<string, string> = {
	noCandidate: 'Feishu knows no such candidate.',
	noExternalApplication: 'The candidate has no external application.',
	noBackgroundCheck: 'There is no background check for it.',
};

/**
 * Says what was requested but not found.
 * @param items the node's output; `found: false` marks what was not found
 * @returns sentences; empty if everything was found
 */
export function notFoundIn(items: IDataObject[], parameters: INodeParameters): string[] {
	const missing = items.filter(({ found }) => found === false);
	if (parameters.operation === 'getByIds') {
		const ids = missing.map(({ id }) => String(id as string));
		return ids.length === 0 ? [] : [`Feishu does not know these IDs: ${ids.join(', ')}`];
	}
	if (parameters.operation === 'getByApplication' && missing.length > 0) {
		return [
			'No background check found: the external application has none, or Feishu does not know its ID.',
		];
	}
	const reasons = missing.map(({ reason }) => REASONS[String(reason as string)]);
	const sentences = [...new Set(reasons)].filter((sentence) => sentence !== undefined);
	if (sentences.length > 0) return sentences;
	if (missing.length < items.length) return [];
	return ['No background check found.'];
}
