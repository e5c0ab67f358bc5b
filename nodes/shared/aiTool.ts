import type { INode } from 'n8n-workflow';

/** Whether a model calls the node: that variant has a type of its own (n8n `tool-generation/ai-tools.js`). */
export const isAiTool = ({ type }: INode): boolean => type.endsWith('Tool');

/** A number or a truth value that came as text: n8n's AI Agent hands on what a model gave, unchecked. */
export function asTyped(value: unknown): unknown {
	if (value === 'true' || value === 'false') return value === 'true';
	return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}
