import type { IDataObject, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { isAiTool } from './aiTool';
import { FeishuError, type Failure } from './feishu/failure';
import { plainText } from './feishu/plainText';
import { ParameterError } from './form/parameterError';
import { looksRounded, ROUNDED_ADVICE } from './hire/checkedId';

/** n8n's editor joins lines into one paragraph, so each must end like a sentence. */
const sentence = (text: string): string => (/[.!?。！？]$/.test(text) ? text : `${text}.`);

/**
 * An input item as users count rows: `item 1, row 2 of a sheet with a header`.
 *
 * @param itemIndex n8n's index, from 0
 */
export const itemInWords = (itemIndex: number): string =>
	`item ${itemIndex + 1} (row ${itemIndex + 2} of a sheet with a header)`;

/** Names the item, and says how to run the others. */
const concerned = (itemIndex: number): string =>
	`The error occurred in ${itemInWords(itemIndex)}. To continue without it, set On Error to Continue in the settings of this node.`;

/** The lines below an error's title: what Feishu said, where to look it up, and what to do. */
function describe(error: FeishuError | ParameterError, isForModel: boolean): string {
	if (error instanceof ParameterError) return isForModel ? error.adviceForModel : error.advice;
	const { failure, tried } = error;
	const { feishuMessage, reason, logId, scopes, fields, id, advice } = failure;
	return [
		feishuMessage && sentence(`Feishu says: ${feishuMessage}`),
		reason && sentence(`Reason: ${reason}`),
		scopes && `Any one of these scopes is enough: ${plainText(scopes.join(', '))}.`,
		id && `Affected ID: ${id}.`,
		id && looksRounded(id) && ROUNDED_ADVICE,
		fields && `Refused fields: ${plainText(fields.join('; '))}.`,
		logId && `Log ID: ${logId}.`,
		tried,
		advice && (isForModel && needsPerson(failure) ? `Ask a person to fix this: ${advice}` : advice),
	]
		.filter(Boolean)
		.join('\n');
}

/** Whether the cause is the app, the credential or the network, not the request. */
const needsPerson = ({ appWide, reaction }: Failure) => appWide || reaction !== 'fail';

/** Beijing's offset from UTC, all year round. */
const BEIJING_MS = 8 * 60 * 60_000;

/** When the monthly quota is reset, in epoch ms: at midnight in Beijing. */
function nextMonthInBeijing(now: number): number {
	const there = new Date(now + BEIJING_MS);
	return Date.UTC(there.getUTCFullYear(), there.getUTCMonth() + 1) - BEIJING_MS;
}

/** How n8n 2.x classifies a failure (n8n-workflow `errors/failure.d.ts`); 1.x ignores it. */
function causeOf({ reaction, appWide, retryAfterMs, cause }: Failure) {
	if (cause === 'quota-exhausted') {
		const resetsAtEpochMs = nextMonthInBeijing(Date.now());
		return { cause, resetsAtEpochMs };
	}
	if (cause) return { cause };
	if (reaction === 'wait') return { cause: 'rate-limited', retryAfterMs } as const;
	if (reaction === 'retry') return { cause: 'temporarily-unavailable' } as const;
	if (reaction === 'renewToken' || appWide) return { cause: 'credential-invalid' } as const;
	return { cause: 'configuration-invalid' } as const;
}

/**
 * The title. For an AI model it contains the whole description, because n8n's AI Agent shows only
 * the message of a failed tool (n8n-core `workflow-execute.js`, `aiToolDefaultsToContinue`).
 */
function titleFor(node: INode, message: string, description = ''): string {
	return isAiTool(node) ? `${sentence(message)}\n${description}`.trim() : message;
}

/**
 * The error that n8n shows for anything thrown. Creates a new one, because n8n returns an existing
 * NodeApiError unchanged and ignores the options (n8n-workflow `node-api.error.js`).
 *
 * @param item the input item that the error belongs to, if any
 * @param itemCount the number of input items. If there are several, the error names the item in
 * words instead of by its index, which n8n's editor would show after the title, counted from 0
 */
export function toNodeError(
	node: INode,
	error: unknown,
	item?: number,
	itemCount = 1,
): NodeApiError | NodeOperationError {
	const itemIndex = itemCount > 1 ? undefined : item;
	if (error instanceof FeishuError || error instanceof ParameterError) {
		const isEverybodys = error instanceof FeishuError && error.failure.appWide;
		const isNamed = item !== undefined && itemCount > 1 && !isEverybodys;
		const advice = describe(error, isAiTool(node));
		const description = isNamed ? `${advice}\n${concerned(item)}` : advice;
		const message = titleFor(node, error.message, description);
		if (error instanceof ParameterError) {
			return new NodeOperationError(node, message, { description, itemIndex });
		}
		const { code, httpStatus, logId, feishuMessage } = error.failure;
		// Only what may be stored with the execution, never the request or personal data.
		const answer = { code, msg: feishuMessage, log_id: logId } as JsonObject;
		return new NodeApiError(node, answer, {
			message,
			description,
			httpCode: httpStatus?.toString(),
			itemIndex,
			failure: causeOf(error.failure),
		});
	}
	if (error instanceof NodeOperationError || error instanceof NodeApiError) {
		// One of n8n's own errors, such as a missing credential: only the item can be added.
		error.context.itemIndex ??= item;
		return error;
	}
	const message = error instanceof Error ? error.message : String(error);
	const description = item !== undefined && itemCount > 1 ? concerned(item) : undefined;
	return new NodeOperationError(node, titleFor(node, message), { description, itemIndex });
}

/**
 * The `error` object of an item that failed under Continue On Fail. n8n 1.x and 2.x send an item to
 * the error output only if `error` is its only field (n8n-core `workflow-execute.js`).
 */
export function toErrorJson(node: INode, error: unknown): IDataObject {
	if (error instanceof FeishuError) {
		const { message, code, logId, httpStatus } = error.failure;
		return {
			message,
			description: describe(error, isAiTool(node)),
			...(code !== undefined && { code }),
			...(logId !== undefined && { log_id: logId }),
			...(httpStatus !== undefined && { http_status: httpStatus }),
		};
	}
	if (error instanceof ParameterError) {
		const { message, parameter } = error;
		return { message, description: describe(error, isAiTool(node)), parameter };
	}
	return { message: error instanceof Error ? error.message : String(error) };
}
