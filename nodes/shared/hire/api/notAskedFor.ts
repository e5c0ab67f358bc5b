import { FeishuError } from '../../feishu/failure';

/** The error for an answer with other records than requested. @param records their name in messages */
export const notAskedFor = (records: string): FeishuError =>
	new FeishuError({
		message: `Feishu answered with ${records} that were not asked for`,
		reaction: 'fail',
		advice:
			'The node discards the whole answer. If you use a gateway in front of Feishu, check it; otherwise tell the maintainers of this node.',
	});
