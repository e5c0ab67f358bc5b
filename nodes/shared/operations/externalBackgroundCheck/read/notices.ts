import type { INodeProperties, NodeHint } from 'n8n-workflow';

/** A notice above the fields that says what these operations do not read. */
export const ordersNotice = (): INodeProperties => ({
	displayName:
		'This node does not read background check orders (背调订单). Use Feishu Hire → Background Check Order instead.',
	name: 'notice',
	type: 'notice',
	default: '',
});

/** A hint before a run that may download very much. @param files as in the parameter that wants them */
export const downloadHint = (files: 'Attachments' | 'Reports'): NodeHint => ({
	message: `This run downloads the ${files.toLowerCase()} of everything it finds. To test it first, turn off Return All and set a low Limit.`,
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ $parameter["download${files}"] === true && $parameter["returnAll"] === true }}`,
});
