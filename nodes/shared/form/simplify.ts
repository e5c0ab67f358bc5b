import type { INodeProperties } from 'n8n-workflow';

/** The form field Simplify. A new definition each time. @param hint what the simplified version is like */
export const simplifyField = (hint?: string): INodeProperties => ({
	displayName: 'Simplify',
	name: 'simple',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	...(hint && { hint }),
});
