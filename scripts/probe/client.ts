import { setTimeout as sleep } from 'node:timers/promises';
import { entryOf, SCOPE_CODES } from '../../nodes/shared/feishu/codes';
import type { Endpoint } from '../../nodes/shared/feishu/http';
import { LacksScope, NotSeen } from './notSeen';

const TOKEN_PATH = '/open-apis/auth/v3/tenant_access_token/internal';
const JSON_TYPE = 'application/json; charset=utf-8';
const TRIES = 3;

/** A JSON object with unknown fields. */
export type Row = Record<string, unknown>;

/** An answer of Feishu's, which has a code, whatever its HTTP status. */
export interface Answer {
	code: number;
	status: number;
	/** The whole body. */
	body: Row;
	/** Its `data`; empty if there is none. */
	data: Row;
	/** When Feishu sent it, in epoch seconds; NaN if it does not say. */
	sentAt: number;
}

/** What a call sends besides method and path. */
export interface Parameters {
	/** The last part of the path. */
	id?: string;
	query?: Record<string, string | number>;
	/** An object is sent as JSON, a text as it is. */
	body?: Row | string | FormData;
	/** Replaces the app's own token. */
	token?: string;
	/** The call must not be repeated, because a repeat could make a second record. */
	once?: true;
}

export interface ClientOptions {
	baseUrl: string;
	appId: string;
	appSecret: string;
	/** Ends everything when it fires. */
	signal: AbortSignal;
	perSecond?: number;
	/** The most requests in total. */
	most?: number;
	/** How many of these are reserved for the time after `finish()`. */
	kept?: number;
	/** Wait before a failed request is repeated, in ms; three times as long before the next. */
	backoffMs?: number;
	timeoutMs?: number;
}

/** Feishu answers nothing to this app, so asking further is useless. */
export class Refused extends Error {}

/** Asks Feishu, slowly and not too often. Judges answers by their code alone. */
export class Client {
	/** How many requests were sent so far. */
	sent = 0;
	private token: string | undefined;
	private nextAt = 0;
	private readonly options: Required<ClientOptions>;

	constructor(options: ClientOptions) {
		const usual = { perSecond: 5, most: 100, kept: 0, backoffMs: 1000, timeoutMs: 30_000 };
		this.options = { ...usual, ...options };
	}

	/** Lifts the signal and the reserve: from now on, records must be removed. */
	finish(): void {
		Object.assign(this.options, { signal: new AbortController().signal, kept: 0 });
	}

	/** Gets the first token. @throws Refused if Feishu gives none */
	async connect(): Promise<void> {
		try {
			this.token = await this.attempts(TRIES, async () => await this.newToken());
		} catch (error) {
			throw error instanceof NotSeen ? new Refused('No answer that is Feishu’s') : error;
		}
	}

	/**
	 * Makes one call, and repeats it if it failed on the way.
	 * @returns any answer to the call itself, a success or not
	 * @throws NotSeen for a fault, which says nothing about the question, and for a missing scope;
	 * Refused if Feishu refuses the app; the abort of the signal as it is
	 */
	async call(endpoint: Endpoint, parameters: Parameters = {}): Promise<Answer> {
		return await this.attempts(parameters.once ? 1 : TRIES, async () => {
			const token = parameters.token ?? (this.token ??= await this.newToken());
			const answer = await this.send(this.requestOf(endpoint, parameters, token));
			if (SCOPE_CODES.has(answer.code)) {
				throw new LacksScope(endpoint.scopes[0] ?? '', scopesIn(answer));
			}
			const { reaction, appWide, meaning } = entryOf(answer.code);
			if (answer.code === 0 || !appWide || parameters.token !== undefined) return answer;
			if (reaction !== 'renewToken') throw new Refused(`${meaning} (${answer.code})`);
			this.token = undefined;
			throw new NotSeen('fault');
		});
	}

	/** The HTTP status of a file's URL, requested without the token. Does not read the file. */
	async statusOf(url: string): Promise<number> {
		await this.takeSlot();
		const request = new Request(url, { redirect: 'manual' });
		const response = await fetch(request, { signal: this.signal() }).catch(this.failed);
		await response.body?.cancel();
		return response.status;
	}

	/** @throws Refused, or NotSeen for a fault */
	private async newToken(): Promise<string> {
		const { baseUrl, appId, appSecret } = this.options;
		const request = new Request(baseUrl + TOKEN_PATH, {
			method: 'POST',
			headers: { 'content-type': JSON_TYPE },
			body: JSON.stringify({ app_id: appId, app_secret: appSecret }),
			redirect: 'manual',
		});
		const { code, body } = await this.send(request);
		if (typeof body.tenant_access_token === 'string') return body.tenant_access_token;
		throw new Refused(`${entryOf(code).meaning} (${code})`);
	}

	private requestOf({ method, path }: Endpoint, given: Parameters, token: string): Request {
		const { id, query = {}, body } = given;
		const url = new URL(this.options.baseUrl + path.replace(':id', encodeURIComponent(id ?? '')));
		for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
		const headers = new Headers({ authorization: `Bearer ${token}` });
		const isForm = body instanceof FormData;
		if (!isForm && body !== undefined) headers.set('content-type', JSON_TYPE);
		const sent = isForm || typeof body === 'string' ? body : JSON.stringify(body);
		return new Request(url, { method, headers, body: sent, redirect: 'manual' });
	}

	/** @throws NotSeen if the last attempt also met a fault */
	private async attempts<T>(tries: number, attempt: () => Promise<T>): Promise<T> {
		for (let left = tries - 1, wait = this.options.backoffMs; ; left--, wait *= 3) {
			try {
				return await attempt();
			} catch (error) {
				const isFault = error instanceof NotSeen && error.reason === 'fault';
				if (!isFault || left === 0) throw error;
			}
			await sleep(wait, undefined, { signal: this.options.signal });
		}
	}

	/** @throws NotSeen for anything that is not an answer to the request itself */
	private async send(request: Request): Promise<Answer> {
		await this.takeSlot();
		const response = await fetch(request, { signal: this.signal() }).catch(this.failed);
		const text = await response.text().catch(this.failed);
		const body = objectIn(text);
		const { code } = body;
		// Gateways repeat the HTTP status as the code.
		if (typeof code !== 'number' || code === response.status) throw new NotSeen('fault');
		if (['retry', 'wait'].includes(entryOf(code).reaction)) throw new NotSeen('fault');
		const sentAt = Date.parse(response.headers.get('date') ?? '') / 1000;
		return { code, status: response.status, body, data: rowOf(body.data), sentAt };
	}

	/** Waits until the next request may be sent. */
	private async takeSlot(): Promise<void> {
		const { most, kept, perSecond, signal } = this.options;
		if (this.sent >= most - kept) throw new NotSeen('usedUp');
		this.sent++;
		const now = performance.now();
		const at = Math.max(now, this.nextAt);
		this.nextAt = at + 1000 / perSecond;
		await sleep(at - now, undefined, { signal });
	}

	private signal(): AbortSignal {
		return AbortSignal.any([this.options.signal, AbortSignal.timeout(this.options.timeoutMs)]);
	}

	private readonly failed = (error: unknown): never => {
		if (this.options.signal.aborted) throw error;
		throw new NotSeen('fault');
	};
}

/** A value as an object; empty if it is none. */
export function rowOf(value: unknown): Row {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The rows of a list. */
export function rowsIn(list: unknown): Row[] {
	return Array.isArray(list) ? list.map(rowOf) : [];
}

function objectIn(text: string): Row {
	try {
		return rowOf(JSON.parse(text));
	} catch {
		return {};
	}
}

/** The scopes that a refusal names; any one of them is enough. */
function scopesIn({ body }: Answer): string[] {
	return rowsIn(rowOf(body.error).permission_violations).map(({ subject, scope }) =>
		String(subject ?? scope),
	);
}
