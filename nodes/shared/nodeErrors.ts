import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isAiTool } from './aiTool';
import { FeishuError, type Failure } from './feishu/failure';
import { plainText } from './feishu/plainText';
import { ParameterError } from './form/parameterError';

/** The lines below an error's title: what Feishu said, where to look it up, and what to do. */
function describe({ failure, tried }: FeishuError): string {
	const { feishuMessage, logId, scopes, fields, id, advice } = failure;
	return [
		feishuMessage && `Feishu says: ${feishuMessage}`,
		scopes && `Any one of these scopes is enough: ${plainText(scopes.join(', '))}.`,
		id && `It concerns the ID ${id}.`,
		fields && `Refused: ${plainText(fields.join('; '))}.`,
		logId && `Log ID: ${logId}.`,
		tried,
		advice,
	]
		.filter(Boolean)
		.join('\n');
}

/** How n8n 2.x classifies a failure (n8n-workflow `errors/failure.d.ts`); 1.x ignores it. */
function causeOf({ reaction, appWide, retryAfterMs }: Failure) {
	if (reaction === 'wait') return { cause: 'rate-limited', retryAfterMs } as const;
	if (reaction === 'retry') return { cause: 'temporarily-unavailable' } as const;
	if (reaction === 'renewToken' || appWide) return { cause: 'credential-invalid' } as const;
	return { cause: 'configuration-invalid' } as const;
}

/**
 * The title, for a model with all that is to be known: n8n's AI Agent shows the message of a failed
 * tool and nothing else (n8n-core `workflow-execute.js`, `aiToolDefaultsToContinue`).
 */
function titleFor(node: INode, message: string, description: string): string {
	return isAiTool(node) ? `${message}\n${description}` : message;
}

/**
 * The error that n8n shows for whatever was thrown. Always a fresh one: n8n returns an error that
 * already is a NodeApiError unchanged, its options dropped (n8n-workflow `node-api.error.js`).
 *
 * @param itemIndex the input item it belongs to, if it belongs to one
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof FeishuError) {
		const { message, code, httpStatus, logId, feishuMessage } = error.failure;
		// Only what may be stored with the execution: never the request, never a person's data.
		const answer = { code, msg: feishuMessage, log_id: logId } as JsonObject;
		const description = describe(error);
		return new NodeApiError(node, answer, {
			message: titleFor(node, message, description),
			description,
			httpCode: httpStatus?.toString(),
			itemIndex,
			failure: causeOf(error.failure),
		});
	}
	if (error instanceof ParameterError) {
		const message = titleFor(node, error.message, error.advice);
		return new NodeOperationError(node, message, { description: error.advice, itemIndex });
	}
	if (error instanceof NodeOperationError || error instanceof NodeApiError) {
		// n8n's own, such as a missing credential: only its item can be added.
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	return new NodeOperationError(node, error instanceof Error ? error.message : String(error), {
		itemIndex,
	});
}

/**
 * The `error` object of a failed item under Continue On Fail. Only an item that holds nothing but
 * `error` reaches the error output on n8n 1.x and 2.x alike (n8n-core `workflow-execute.js`).
 */
export function toErrorJson(error: unknown): IDataObject {
	if (error instanceof FeishuError) {
		const { message, code, logId, httpStatus } = error.failure;
		return {
			message,
			description: describe(error),
			...(code !== undefined && { code }),
			...(logId !== undefined && { log_id: logId }),
			...(httpStatus !== undefined && { http_status: httpStatus }),
		};
	}
	if (error instanceof ParameterError) {
		return { message: error.message, description: error.advice, parameter: error.parameter };
	}
	return { message: error instanceof Error ? error.message : String(error) };
}
