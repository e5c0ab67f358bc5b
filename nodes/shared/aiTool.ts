import type { INode } from 'n8n-workflow';

/**
 * Whether an AI model calls the node: n8n gives that variant its own type
 * (`tool-generation/ai-tools.js`).
 */
export const isAiTool = ({ type }: INode): boolean => type.endsWith('Tool');

/** Converts a number or boolean sent as text: n8n's AI Agent passes a model's values on unchecked. */
export function asTyped(value: unknown): unknown {
	if (value === 'true' || value === 'false') return value === 'true';
	return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
