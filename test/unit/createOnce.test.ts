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

/** A creation that ends so; `there` are the records with its content afterwards. */
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
		...more,
	};
}

const rows = (...ids: string[]): Row[] => ids.map((id) => ({ id }));

/** What became of creations of one content, side by side: an ID, or the beginning of the error. */
async function outcomes(...creations: Array<Creation<Row>>): Promise<unknown[]> {
	const once = new CreateOnce<Row>();
	const settled = await Promise.allSettled(creations.map((each) => once.create('x', each)));
	return settled.map((each) =>
		each.status === 'fulfilled' ? each.value.id : (each.reason as Error).message,
	);
}

const NOT_FOUND =
	'Lost. Nothing was found of it afterwards, but it may still have been carried out';
const SEVERAL = 'Lost. The record may exist already';
const UNKNOWN = 'Lost. It may have been carried out all the same, and could not be looked for';

test('each creation has a record of its own', async () => {
	const each = [creation({ id: '1' }), creation({ id: '2' })];
	expect(await outcomes(...each)).toEqual(['1', '2']);
	for (const { alike } of each) expect(alike).not.toHaveBeenCalled();
});

test('a refusal is handed on, and nothing is looked for', async () => {
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

test('nothing is sent while the records are shared out', async () => {
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

test('a later unknown outcome is looked for anew', async () => {
	const once = new CreateOnce<Row>();
	expect(await once.create('x', creation(lost, rows('1')))).toEqual({ id: '1' });
	expect(await once.create('x', creation(lost, rows('1', '2')))).toEqual({ id: '2' });
});

describe('what an earlier try of the node has sent', () => {
	test('still has an unknown outcome when it is refused, and is looked for', async () => {
		const wasSent = { wasSent: true };
		expect(await outcomes(creation(refused, rows('1'), wasSent))).toEqual(['1']);
		expect(await outcomes(creation(refused, [], wasSent))).toEqual([
			'Refused. Nothing was found of it afterwards, but it may still have been carried out',
		]);
	});

	test('still has an unknown outcome when nobody can ask', async () => {
		const before = async () => await Promise.reject(refused);
		expect(await outcomes(creation({ id: '1' }, [], { wasSent: true, before }))).toEqual([
			'Refused. It may have been carried out all the same, and could not be looked for',
		]);
		expect(await outcomes(creation({ id: '1' }, [], { before }))).toEqual(['Refused']);
	});

	test('belongs to its creation when it is known', async () => {
		const once = new CreateOnce<Row>();
		once.take('x', { id: '1' });
		expect(await once.create('x', creation(lost, rows('1', '2')))).toEqual({ id: '2' });
	});
});

describe('where one that is there is good enough', () => {
	const before = jest.fn(() => Promise.resolve<Row[]>([]));
	beforeEach(() => before.mockClear());

	test('it is taken, and nothing is sent', async () => {
		const each = creation({ id: '2' }, [], { before: () => Promise.resolve(rows('1')) });
		expect(await outcomes(each, { ...each })).toEqual(['1', '1']);
		expect(each.send).not.toHaveBeenCalled();
	});

	test('one is created for all, after one look', async () => {
		const each = creation({ id: '1' }, [], { before });
		expect(await outcomes(each, { ...each }, { ...each })).toEqual(['1', '1', '1']);
		expect(each.send).toHaveBeenCalledTimes(1);
		expect(before).toHaveBeenCalledTimes(1);
	});

	test('one that another creation has made is good enough', async () => {
		const once = new CreateOnce<Row>();
		await once.create('x', creation({ id: '1' }));
		expect(await once.create('x', creation({ id: '2' }, [], { before }))).toEqual({ id: '1' });
		expect(before).not.toHaveBeenCalled();
	});

	test('none is created while one may be there of which nobody knows', async () => {
		const next = creation({ id: '1' }, [], { before });
		expect(await outcomes(creation(lost, [], { before }), next)).toEqual([
			NOT_FOUND,
			'Not sent: another item with the same content may have created the record already',
		]);
		expect(next.send).not.toHaveBeenCalled();
	});

	test('after a refusal the next one tries', async () => {
		const next = creation({ id: '1' }, [], { before });
		expect(await outcomes(creation(refused, [], { before }), next)).toEqual(['Refused', '1']);
	});
});
