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

test('a file in memory is sent as it is', async () => {
	const part = new FilePart('a.txt', 'text/plain', 3, () => Promise.resolve(Buffer.from('abc')));
	const sent: unknown[] = [];
	for await (const chunk of part.stream()) sent.push(chunk);
	part.close();
	expect(sent).toEqual([Buffer.from('abc')]);
});
