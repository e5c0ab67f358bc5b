import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { Form } from '../../nodes/shared/form/form';
import { contextOf, readerOf } from './parameterSource';

/** What an input item has besides its fields. */
interface Item {
	itemIndex?: number;
	/** Texts that only one item may have, with the item that has them. */
	claimed?: Map<string, number>;
	/** In memory, as base64. */
	binary?: Record<string, Partial<IBinaryData>>;
	/** Size in bytes of a file that n8n keeps elsewhere. */
	storedBytes?: number;
	/** The node's type; that of a model's tool ends in `Tool`. */
	type?: string;
}

/** The form of an item, from parameters as n8n resolves them. */
export function formOf(
	parameters: Record<string, unknown>,
	{ itemIndex = 0, claimed = new Map<string, number>(), binary, storedBytes, type }: Item = {},
): Form {
	const context = {
		...contextOf(parameters, type),
		getInputData: () => ({ [itemIndex]: { json: {}, binary } }),
		helpers: {
			assertBinaryData: (_itemIndex: number, field: string) => binary?.[field],
			getBinaryMetadata: () => Promise.resolve({ fileSize: storedBytes }),
			getBinaryStream: (id: string) => Promise.resolve(`the stream of ${id}`),
		},
	} as unknown as IExecuteFunctions;
	return new Form(context, readerOf(parameters, type), itemIndex, claimed);
}
