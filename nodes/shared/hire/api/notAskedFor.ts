import { FeishuError } from '../../feishu/failure';

/** @param records several of them in words */
export const notAskedFor = (records: string): FeishuError =>
	new FeishuError({
		message: `Feishu answered with ${records} that were not asked for`,
		reaction: 'fail',
		advice:
			'Nothing of this answer is handed on. Check the gateway before Feishu if you use one; tell the maintainers of this node if it stays.',
	});
