import { FeishuError } from '../../feishu/failure';

/** @param records several of them in words */
export const notAskedFor = (records: string): FeishuError =>
	new FeishuError({
		message: `Feishu answered with ${records} that were not asked for`,
		reaction: 'fail',
		advice:
			'The node discards the whole answer. If you use a gateway in front of Feishu, check it; otherwise tell the maintainers of this node.',
	});
