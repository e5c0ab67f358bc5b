import { Readable } from 'node:stream';
import { FilePart } from '../../nodes/shared/feishu/multipart';

test('a sent file is closed each time it was opened, however much of it was read', async () => {
	const sources: Readable[] = [];
	const part = new FilePart('a.pdf', 'application/pdf', 6, () => {
		const source = Readable.from([Buffer.from('abc'), Buffer.from('def')]);
		sources.push(source);
		return Promise.resolve(source);
	});
	for (let attempt = 1; attempt <= 2; attempt++) {
		expect(await part.stream().next()).toMatchObject({ value: Buffer.from('abc') });
	}
	part.close();
	expect(sources.map(({ destroyed }) => destroyed)).toEqual([true, true]);
});

test('a file that n8n cannot read is told apart from a failed transfer', async () => {
	const sources = [
		async () => await Promise.reject<Buffer>(new Error('gone')),
		async () =>
			await Promise.resolve(
				Readable.from(
					(function* () {
						yield Buffer.from('a');
						throw new Error('cut off');
					})(),
				),
			),
	];
	for (const open of sources) {
		const part = new FilePart('a.txt', 'text/plain', 3, open);
		expect(part.isBroken).toBe(false);
		const sent = async () => {
			for await (const chunk of part.stream()) void chunk;
		};
		await expect(sent()).rejects.toThrow();
		expect(part.isBroken).toBe(true);
	}
});

test('a file in memory is sent as it is', async () => {
	const part = new FilePart('a.txt', 'text/plain', 3, () => Promise.resolve(Buffer.from('abc')));
	const sent: unknown[] = [];
	for await (const chunk of part.stream()) sent.push(chunk);
	part.close();
	expect(sent).toEqual([Buffer.from('abc')]);
});
