import type { INodeProperties, NodeHint } from 'n8n-workflow';

/** A notice above the fields that says what these operations do not read. */
export const ordersNotice = (): INodeProperties => ({
	displayName:
		'This node does not read background check orders (背调订单). Use Feishu Hire → Background Check Order instead.',
	name: 'notice',
	type: 'notice',
	default: '',
});

/** A hint before a run that may download very much. */
export const downloadHint = (): NodeHint => ({
	message:
		'This run downloads all attachments of all background checks it finds. To test it first, turn off Return All and set a low Limit.',
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ $parameter["downloadAttachments"] === true && $parameter["returnAll"] === true }}',
});
