import { FeishuError } from '../../feishu/failure';

/** The error for an answer that cannot be used. @param message what is wrong with it */
export const unusable = (message: string): FeishuError =>
	new FeishuError({
		message,
		reaction: 'fail',
		advice:
			'The node discarded the whole response. If there is a gateway in front of Feishu, check it. Otherwise report this to the maintainers of this node.',
	});

/** The error for an answer with other records than requested. @param records their name in messages */
export const notAskedFor = (records: string): FeishuError =>
	unusable(`Feishu returned ${records} that were not requested`);
