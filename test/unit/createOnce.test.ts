import { FeishuError } from '../../nodes/shared/feishu/failure';
import { CreateOnce, type Creation } from '../../nodes/shared/hire/write/createOnce';

interface Row {
	id?: string;
}

const refused = new FeishuError({ message: 'Refused', advice: 'Do it.', reaction: 'fail' });
const lost = new FeishuError({
	message: 'Lost',
	advice: 'Do it.',
	reaction: 'retry',
	outcome: 'unknown',
});

/** A creation with this result; `there` are the records with its content afterwards. */
function creation(
	answer: Row | undefined | Error,
	there: Row[] | Error = [],
	more: Partial<Creation<Row>> = {},
): Creation<Row> {
	const settle = async <T>(value: T | Error): Promise<T> =>
		value instanceof Error ? await Promise.reject(value) : await Promise.resolve(value);
	return {
		send: jest.fn(() => settle<Row | undefined>(answer)),
		alike: jest.fn(() => settle<Row[]>(there)),
		wasSent: false,
		canBeOwn: () => true,
		...more,
	};
}

const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id }));

/** The results of parallel creations of one content: an ID, or the start of the error. */
async function outcomes(...creations: Array<Creation<Row>>): Promise<unknown[]> {
	const once = new CreateOnce<Row>();
	const settled = await Promise.allSettled(creations.map((each) => once.create('x', each)));
	return settled.map((each) =>
		each.status === 'fulfilled' ? each.value.id : (each.reason as Error).message,
	);
}

const NOT_FOUND = 'Lost. No new record was found, but one may still appear';
const SEVERAL = 'Lost. The record may already exist';
const UNKNOWN = 'Lost. It may have been carried out, but the node could not check';

test('each creation has a record of its own', async () => {
	const each = [creation({ id: '1' }), creation({ id: '2' })];
	expect(await outcomes(...each)).toEqual(['1', '2']);
	for (const { alike } of each) expect(alike).not.toHaveBeenCalled();
});

test('a refusal is passed on, and nothing is looked for', async () => {
	const each = creation(refused);
	await expect(new CreateOnce<Row>().create('x', each)).rejects.toBe(refused);
	expect(each.alike).not.toHaveBeenCalled();
});

test.each<[string, Array<Creation<Row>>, unknown[]]>([
	['found', [creation(lost, rows('1'))], ['1']],
	['not found', [creation(lost)], [NOT_FOUND]],
	['found twice', [creation(lost, rows('1', '2'))], [SEVERAL]],
	['not to be looked for', [creation(lost, new Error('down'))], [UNKNOWN]],
	['found without an ID', [creation(lost, [{}])], [NOT_FOUND]],
	[
		'found, and another was answered',
		[creation({ id: '1' }), creation(lost, rows('1', '2'))],
		['1', '2'],
	],
	['that of another', [creation({ id: '1' }), creation(lost, rows('1'))], ['1', NOT_FOUND]],
	['lost twice, and both are found', [creation(lost, rows('1', '2')), creation(lost)], ['1', '2']],
	['lost twice, and one is found', [creation(lost, rows('1')), creation(lost)], ['1', NOT_FOUND]],
	[
		'lost twice, and three are found',
		[creation(lost, rows('1', '2', '3')), creation(lost)],
		[SEVERAL, SEVERAL],
	],
	[
		'lost, and that which was reported created comes first',
		[creation(lost, rows('1')), creation(undefined)],
		[NOT_FOUND, '1'],
	],
])('a record whose answer was lost: %s', async (_what, creations, expected) => {
	expect(await outcomes(...creations)).toEqual(expected);
});

/** The IDs here are seconds: a creation sent at 10 may have made 10 or anything newer. */
const sentAt = (second: number): Partial<Creation<Row>> => ({
	canBeOwn: ({ id }) => Number(id) >= second,
});

/** Creations with a lost answer, sent at these seconds, that all see these records. */
const lostAt = (there: Row[], ...seconds: number[]) =>
	seconds.map((second) => creation(lost, there, sentAt(second)));

/** The error of a creation next to which these records exist. */
const severalOf = (...ids: string[]) =>
	`${SEVERAL} | Records with the same content: ${ids.join(', ')}. Check in Feishu Hire before you run the workflow again. Do it.`;

/** The same as {@link outcomes}, with the advice of an error that names records. */
async function told(...creations: Array<Creation<Row>>): Promise<unknown[]> {
	const once = new CreateOnce<Row>();
	const settled = await Promise.allSettled(creations.map((each) => once.create('x', each)));
	return settled.map((each) => {
		if (each.status === 'fulfilled') return each.value.id;
		const { message, advice } = (each.reason as FeishuError).failure;
		return message === SEVERAL ? `${message} | ${advice}` : message;
	});
}

describe('a record older than the request', () => {
	test.each<[string, Array<Creation<Row>>, unknown[]]>([
		['is not taken, but named', lostAt(rows('9'), 10), [severalOf('9')]],
		['leaves a younger one', lostAt(rows('9', '12'), 10), ['12']],
		['leaves a younger one that is told first', lostAt(rows('12', '9'), 10), ['12']],
		[
			'makes nothing clear of two younger ones',
			lostAt(rows('9', '12', '13'), 10),
			[severalOf('9', '12', '13')],
		],
		[
			'is named to those that found none',
			lostAt(rows('12', '8', '9'), 10, 11),
			['12', severalOf('8', '9')],
		],
	])('%s', async (_what, creations, expected) => {
		expect(await told(...creations)).toEqual(expected);
	});

	test('is not taken after a success without a record', async () => {
		expect(await outcomes(creation(undefined, rows('9'), sentAt(10)))).toEqual([
			'Feishu reported success, but did not return the record. The record may already exist',
		]);
	});

	test('is named in the error, whose outcome is unknown', async () => {
		const [each] = lostAt(rows('9'), 10);
		const error = await new CreateOnce<Row>().create('x', each!).catch((thrown: unknown) => thrown);
		expect((error as FeishuError).failure).toStrictEqual({
			message: SEVERAL,
			advice:
				'Records with the same content: 9. Check in Feishu Hire before you run the workflow again. Do it.',
			reaction: 'retry',
			outcome: 'unknown',
		});
	});

	test('is not named when it belongs to another creation', async () => {
		const creations = [creation({ id: '9' }), ...lostAt(rows('9'), 10)];
		expect(await told(...creations)).toEqual(['9', NOT_FOUND]);
	});
});

describe('of creations that were sent at different times', () => {
	test.each<[string, number[], Row[], unknown[]]>([
		['each gets its own', [10, 20], rows('12', '22'), ['12', '22']],
		['each gets its own, told in any order', [10, 20], rows('22', '12'), ['12', '22']],
		[
			'the later one that ends first leaves the older record',
			[20, 10],
			rows('12', '22'),
			['22', '12'],
		],
		['three get their own', [30, 10, 20], rows('22', '33', '11'), ['33', '11', '22']],
		[
			'one record goes to the only one that can have made it',
			[20, 10],
			rows('12'),
			[NOT_FOUND, '12'],
		],
		['an ID with more digits is younger', [9, 11], rows('100', '9'), ['9', '100']],
		[
			'more records than creations are shared out to nobody',
			[10, 20],
			rows('12', '22', '23'),
			[severalOf('12', '22', '23'), severalOf('12', '22', '23')],
		],
	])('%s', async (_what, seconds, there, expected) => {
		expect(await told(...lostAt(there, ...seconds))).toEqual(expected);
	});

	test('none gets a record if it could have made two of them, whatever else is in doubt', async () => {
		const there = rows('12', '15');
		expect(await told(...lostAt(there, 10))).toEqual([severalOf('12', '15')]);
		const [first, second] = await told(...lostAt(there, 10, 20));
		expect(first).toBe(severalOf('12', '15'));
		expect(second).toMatch(/^Lost\. /);
	});

	test('the one reported as created comes first, and leaves records that are too old for it', async () => {
		const there = rows('12', '22');
		const reported = creation(undefined, there, sentAt(20));
		expect(await told(...lostAt(there, 10), reported)).toEqual(['12', '22']);
		const early = creation(undefined, there, sentAt(10));
		expect(await told(...lostAt(there, 20), early)).toEqual(['22', '12']);
	});

	test('whether a record can be its own is checked when it is found', async () => {
		const canBeOwn = jest.fn<boolean, [Row]>(() => true);
		const each = creation(lost, rows('7'), { canBeOwn });
		const once = new CreateOnce<Row>();
		const made = once.create('x', each);
		expect(canBeOwn).not.toHaveBeenCalled();
		expect(await made).toEqual({ id: '7' });
		for (const [record] of canBeOwn.mock.calls) expect(record).toEqual({ id: '7' });
		expect(canBeOwn).toHaveBeenCalled();
	});

	test('a record in the answer is taken whatever its age', async () => {
		const canBeOwn = jest.fn(() => false);
		expect(await outcomes(creation({ id: '1' }, [], { canBeOwn }))).toEqual(['1']);
		expect(canBeOwn).not.toHaveBeenCalled();
	});
});

test('nothing is sent while records are assigned', async () => {
	const once = new CreateOnce<Row>();
	const steps: string[] = [];
	let found: (there: Row[]) => void = () => {};
	const pending = creation(lost, [], {
		alike: async () => {
			steps.push('looks');
			return await new Promise<Row[]>((resolve) => (found = resolve));
		},
	});
	const first = once.create('x', pending);
	await new Promise(setImmediate);
	const later = creation({ id: '2' });
	const second = once.create('x', later);
	await new Promise(setImmediate);
	expect(later.send).not.toHaveBeenCalled();
	const other = await once.create('y', creation({ id: '3' }));
	expect(other).toEqual({ id: '3' });
	found(rows('1'));
	expect(await Promise.all([first, second])).toEqual(rows('1', '2'));
	expect(steps).toEqual(['looks']);
});

test('a later unknown outcome is looked for again', async () => {
	const once = new CreateOnce<Row>();
	expect(await once.create('x', creation(lost, rows('1')))).toEqual({ id: '1' });
	expect(await once.create('x', creation(lost, rows('1', '2')))).toEqual({ id: '2' });
});

describe('what an earlier try of the node has sent', () => {
	test('still has an unknown outcome when it is refused, and is looked for', async () => {
		const wasSent = { wasSent: true };
		expect(await outcomes(creation(refused, rows('1'), wasSent))).toEqual(['1']);
		expect(await outcomes(creation(refused, [], wasSent))).toEqual([
			'Refused. No new record was found, but one may still appear',
		]);
	});

	test('does not come out when it is refused and only an older record is there', async () => {
		const older = { wasSent: true, canBeOwn: () => false };
		expect(await outcomes(creation(refused, rows('1'), older))).toEqual([
			'Refused. The record may already exist',
		]);
	});

	test('is not looked for when it differed from what was sent', async () => {
		const done = new FeishuError({
			message: 'Otherwise',
			advice: 'Look.',
			reaction: 'fail',
			outcome: 'done',
		});
		const each = creation(done, rows('1'), { wasSent: true });
		await expect(new CreateOnce<Row>().create('x', each)).rejects.toBe(done);
		expect(each.alike).not.toHaveBeenCalled();
	});

	test('still has an unknown outcome when the search fails', async () => {
		const before = async () => await Promise.reject(refused);
		expect(await outcomes(creation({ id: '1' }, [], { wasSent: true, before }))).toEqual([
			'Refused. It may have been carried out, but the node could not check',
		]);
		expect(await outcomes(creation({ id: '1' }, [], { before }))).toEqual(['Refused']);
	});

	test('belongs to its creation when it is known', async () => {
		const once = new CreateOnce<Row>();
		once.take('x', { id: '1' });
		expect(await once.create('x', creation(lost, rows('1', '2')))).toEqual({ id: '2' });
	});
});

describe('where an existing one is good enough', () => {
	const before = jest.fn(() => Promise.resolve<Row[]>([]));
	beforeEach(() => before.mockClear());

	test('it is taken, and nothing is sent', async () => {
		const each = creation({ id: '2' }, [], { before: () => Promise.resolve(rows('1')) });
		expect(await outcomes(each, { ...each })).toEqual(['1', '1']);
		expect(each.send).not.toHaveBeenCalled();
	});

	test('it may be older than the run', async () => {
		const canBeOwn = jest.fn(() => false);
		const there = () => Promise.resolve(rows('1'));
		expect(await outcomes(creation({ id: '2' }, [], { before: there, canBeOwn }))).toEqual(['1']);
		expect(canBeOwn).not.toHaveBeenCalled();
	});

	test('one is created for all, after one look', async () => {
		const each = creation({ id: '1' }, [], { before });
		expect(await outcomes(each, { ...each }, { ...each })).toEqual(['1', '1', '1']);
		expect(each.send).toHaveBeenCalledTimes(1);
		expect(before).toHaveBeenCalledTimes(1);
	});

	test('one made by another creation is good enough', async () => {
		const once = new CreateOnce<Row>();
		await once.create('x', creation({ id: '1' }));
		expect(await once.create('x', creation({ id: '2' }, [], { before }))).toEqual({ id: '1' });
		expect(before).not.toHaveBeenCalled();
	});

	test('none is created while another one has an unknown outcome', async () => {
		const next = creation({ id: '1' }, [], { before });
		expect(await outcomes(creation(lost, [], { before }), next)).toEqual([
			NOT_FOUND,
			'Not sent, because another item with the same content may already have created the record',
		]);
		expect(next.send).not.toHaveBeenCalled();
	});

	test('after a refusal the next one tries', async () => {
		const next = creation({ id: '1' }, [], { before });
		expect(await outcomes(creation(refused, [], { before }), next)).toEqual(['Refused', '1']);
	});
});
