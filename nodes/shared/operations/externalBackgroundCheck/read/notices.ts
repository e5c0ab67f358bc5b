import type { INodeProperties, NodeHint } from 'n8n-workflow';

/** What these operations do not read, told above their fields. */
export const ordersNotice = (): INodeProperties => ({
	displayName:
		'Background checks that were ordered inside Feishu Hire (背调订单) are not seen here: use Feishu Hire → Background Check Order',
	name: 'notice',
	type: 'notice',
	default: '',
});

/** Told before a run that may fetch very much. */
export const downloadHint = (): NodeHint => ({
	message:
		'This run downloads every report file of every background check it finds. To try it first, turn off Return All and set a small Limit.',
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ $parameter["downloadAttachments"] === true && $parameter["returnAll"] === true }}',
});
