import type { ParameterSource } from '../../nodes/shared/form/parameterReader';

/** Parameters as n8n resolves them, the same for each item. @param typed what becomes of a number; nothing unless told */
export const sourceOf = (
	parameters: Record<string, unknown>,
	typed: ParameterSource['typed'] = (value) => value,
): ParameterSource => ({
	get: (name, _itemIndex, fallback) => parameters[name] ?? fallback,
	typed,
	timezone: 'Asia/Shanghai',
});
