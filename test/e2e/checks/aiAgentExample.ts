import assert from 'node:assert/strict';
import { people } from '../../../sandbox';
import type { ChatModelStub, ChatRequest } from '../lib/chatModelStub';
import { startChatModelStub } from '../lib/chatModelStub';
import type { Execution } from '../lib/executions';
import { simplified, simplifiedApplication, withDateInMs } from '../lib/simplified';
import type { OwnWorld, World } from '../lib/world';

const { id: talentId, name } = people.twoNumbers;
const tools = ['find_checks'];

/** The credential that the workflow's chat model uses. */
const modelCredential = { id: 'chatModelCredential', name: 'OpenAI-compatible account' };

/** The example's agent with a model that calls a tool once and then repeats the tool's answer. */
export function aiAgentExample() {
	let model: ChatModelStub;
	return {
		input: {
			sessionId: 'e2e',
			action: 'sendMessage',
			chatInput: `${name}的背调结果是什么？`,
		},
		prepare: async ({ n8n }: OwnWorld): Promise<void> => {
			model = await startChatModelStub((request) => {
				const last = request.messages.at(-1);
				if (last?.role === 'tool') return `The tool says: ${String(last.content)}`;
				return { tool: 'find_checks', arguments: { candidate: name } };
			});
			const data = { apiKey: 'none', url: model.url };
			await n8n.import('credentials', [{ ...modelCredential, type: 'openAiApi', data }]);
		},
		check: async (execution: Execution, { sandbox }: World): Promise<void> => {
			await model.close();
			const [first] = model.requests;
			assert.ok(first);
			assert.deepEqual(first.tools?.map((offered) => offered.function.name).sort(), tools);
			assert.deepEqual(argumentsOf(first), [['candidate']]);
			const [item] = execution.items('AI Agent');
			const answer = String(item?.json.output).replace('The tool says: ', '');
			assert.deepEqual(
				(JSON.parse(answer) as Array<Record<string, unknown>>).map(withDateInMs),
				sandbox.applications.inGroup(talentId).flatMap((application) =>
					sandbox.checks.inGroup(application.id).map((check) => ({
						candidate: name,
						...simplified(check),
						talent_id: talentId,
						external_application: simplifiedApplication(application),
					})),
				),
			);
		},
	};
}

const argumentsOf = ({ tools: offered = [] }: ChatRequest) =>
	offered.map((tool) => Object.keys(tool.function.parameters.properties as object).sort()).sort();
