import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readings } from '../../sandbox/openQuestions';
import { answersTo, type Key, questions } from '../../scripts/probe/questions';

const root = join(__dirname, '..', '..');
const [, section = ''] = readFileSync(join(root, 'docs', 'feishu-api.md'), 'utf8').split(
	'## Open questions',
);
const rows = section
	.split('\n')
	.filter((line) => line.startsWith('| '))
	.map((line) => line.split(/ *\| */).slice(1, -1));
const [head, , ...body] = rows;

const keys = Object.keys(questions) as Key[];

test('docs/feishu-api.md has each open question, in the words of the probe', () => {
	expect(head).toEqual(['Question', 'What the node does', 'Seen']);
	expect(body.map(([question, nodeDoes]) => [question, nodeDoes])).toEqual(
		keys.map((key) => [questions[key].question, questions[key].nodeDoes]),
	);
});

test('what was observed is an answer to the question, with day and version', () => {
	body.forEach(([, , seen = ''], index) => {
		const key = keys[index]!;
		for (const one of seen.split('; ').filter(Boolean)) {
			const [, answer] = /^`(\w+)` \(20\d\d-\d\d-\d\d, \d+\.\d+\.\d+\)$/.exec(one) ?? [];
			expect(answersTo[key].map(String)).toContain(answer);
		}
	});
});

test('each switch of the sandbox is a question, and no two are the same', () => {
	expect(keys).toEqual(expect.arrayContaining(Object.keys(readings)));
	expect(new Set(keys.map((key) => questions[key].question)).size).toBe(keys.length);
	expect(keys.sort()).toEqual(Object.keys(answersTo).sort());
});
