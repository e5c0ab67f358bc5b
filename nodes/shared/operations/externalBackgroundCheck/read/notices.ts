import type { INodeProperties, NodeHint } from 'n8n-workflow';

/** What these operations do not read; above their fields. */
export const ordersNotice = (): INodeProperties => ({
	displayName:
		'This node does not read background check orders (背调订单). Use Feishu Hire → Background Check Order instead.',
	name: 'notice',
	type: 'notice',
	default: '',
});

/** Shown before a run that may read very much. */
export const downloadHint = (): NodeHint => ({
	message:
		'This run downloads all attachments of all background checks it finds. To test it first, turn off Return All and set a low Limit.',
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ $parameter["downloadAttachments"] === true && $parameter["returnAll"] === true }}',
});
