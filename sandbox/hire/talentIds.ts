import type { Mobile, Talent } from '../data/talentStore';
import { type Answer, EarlyAnswer, parameterError, refusal, success } from '../http/answers';
import type { RequestRecord } from '../http/request';
import type { Tenant } from '../tenant';
import { readBody, readField, readTexts } from './body';
import { listData } from './paging';

/** A talent, and the values of one kind that found it, as they are echoed. */
interface Hit {
	talent: Talent;
	echo: Record<string, unknown>;
}

const maxValues = 100;

/**
 * POST talents/batch_get_id (Feishu "批量获取人才ID"). Any value of a kind is enough; kinds are combined
 * with AND. A talent that is not found is simply missing. Only the requested kinds are echoed.
 * @throws EarlyAnswer if a parameter is wrong
 */
export function answerTalentIds(tenant: Tenant, request: RequestRecord): Answer {
	const body = readBody(tenant, request);
	const kinds = [
		mobileHits(tenant, request, body),
		emailHits(tenant, request, body),
		identityHits(tenant, request, body),
	]
		.filter((hits) => hits !== undefined)
		.map((hits) => (tenant.options.open.contactRows === 'merged' ? merged(hits) : hits));
	const [first = [], ...others] = kinds;
	const entries = others.reduce(joined, first).map(({ talent, echo }) => ({
		talent_id: talent.id,
		...echo,
	}));
	return success(listData(tenant, 'talent_list', entries));
}

/** The first hit for each talent. */
const merged = (hits: Hit[]): Hit[] =>
	hits.filter(({ talent }, index) => hits.findIndex((hit) => hit.talent === talent) === index);

/** Every pair of hits for the same talent. */
function joined(some: Hit[], more: Hit[]): Hit[] {
	return some.flatMap(({ talent, echo }) =>
		more
			.filter((other) => other.talent === talent)
			.map((other) => ({ talent, echo: { ...echo, ...other.echo } })),
	);
}

type Body = Record<string, unknown>;

function mobileHits(tenant: Tenant, request: RequestRecord, body: Body): Hit[] | undefined {
	const numbers = readValues(tenant, request, body, 'mobile_number_list');
	const code = readField(tenant, request, body, 'mobile_code', 'string') || '86';
	if (numbers === undefined) return undefined;
	const good = numbers.filter((number) => isMobile({ code, number }));
	if (good.length < numbers.length && tenant.options.open.badMobile === 'error') {
		const msg = 'mobile number is invalid';
		throw new EarlyAnswer(refusal(request, { status: 400, code: 1002009, msg }));
	}
	return good.flatMap((number) =>
		tenant.talents.byMobile({ code, number }).map((talent) => ({
			talent,
			echo: { mobile_code: code, mobile_number: echoedNumber(tenant, { code, number }) },
		})),
	);
}

function emailHits(tenant: Tenant, request: RequestRecord, body: Body): Hit[] | undefined {
	const emails = readValues(tenant, request, body, 'email_list');
	const { emailCase, emailEcho } = tenant.options.open;
	return emails?.flatMap((asked) =>
		tenant.talents.byEmail(asked).flatMap((talent) => {
			const isSame = (email: string) =>
				email === asked || (emailCase === 'any' && email.toLowerCase() === asked.toLowerCase());
			const stored = talent.emails?.find(isSame);
			if (stored === undefined) return [];
			const echoes = { stored, asked, lowerCase: stored.toLowerCase() };
			return { talent, echo: { email: echoes[emailEcho] } };
		}),
	);
}

function identityHits(tenant: Tenant, request: RequestRecord, body: Body): Hit[] | undefined {
	const numbers = readValues(tenant, request, body, 'identification_number_list');
	if (numbers === undefined) return undefined;
	const type = readField(tenant, request, body, 'identification_type', 'number');
	if (type === undefined) {
		throw new EarlyAnswer(parameterError(request, 'identification_type is missing'));
	}
	return tenant.talents.all().flatMap((talent) => {
		const own = talent.identification;
		if (own?.type !== type || !numbers.includes(own.number)) return [];
		return { talent, echo: { identification_type: type, identification_number: own.number } };
	});
}

/** The values of one kind, each once; undefined if the kind was not requested. */
function readValues(
	tenant: Tenant,
	request: RequestRecord,
	body: Body,
	field: string,
): string[] | undefined {
	const values = readTexts(tenant, request, body, field);
	if (values === undefined || values.length === 0) return undefined;
	if (values.length <= maxValues) return [...new Set(values)];
	throw new EarlyAnswer(parameterError(request, `${field} holds more than ${maxValues} values`));
}

/** In China, eleven digits. For other countries, only the number of digits is checked. */
function isMobile({ code, number }: Mobile): boolean {
	if (!/^\d{1,4}$/.test(code)) return false;
	return code === '86' ? /^1\d{10}$/.test(number) : /^\d{4,15}$/.test(number);
}

function echoedNumber(tenant: Tenant, { code, number }: Mobile): string {
	const echoes = {
		digits: number,
		withCode: `+${code}${number}`,
		masked: `${number.slice(0, 3)}****${number.slice(-4)}`,
	};
	return echoes[tenant.options.open.mobileEcho];
}
