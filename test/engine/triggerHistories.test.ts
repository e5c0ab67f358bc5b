import * as fc from 'fast-check';
import { type Check, type FaultAction, jsonAnswer, jsonBody } from '../../sandbox';
import { ALL_EVENTS, someChecks, type TriggerInN8n, useTrigger } from '../harness/triggerInN8n';
import {
	type Breakage,
	followHistory,
	histories,
	type Watcher,
	whatIsThere,
} from './checkHistories';

const openTrigger = useTrigger();

/** A second page, so that a poll can fail after the first. */
const BALLAST = 20;

/** The checks belong to the first application; the second also lists some of them. */
const WATCHED = { ...ALL_EVENTS, watch: 'applications', externalApplicationIds: '77 78' };

/** The ordinary answer with additional rows at the end of the page. */
const withRows =
	(rows: () => Array<Partial<Check>>): FaultAction =>
	(_request, answer) => {
		const body = jsonBody(answer) as { data: { items: unknown[] | null } };
		body.data.items = [...(body.data.items ?? []), ...rows()];
		return jsonAnswer(answer.status, body);
	};

function engineWatcher(trigger: TriggerInN8n): Watcher {
	const { sandbox } = trigger.tenant;
	const shared = new Set<string>();
	const sharedRows = () =>
		sandbox.checks
			.all()
			.filter(({ id }) => shared.has(id))
			.map((check) => ({ ...check, external_application_id: undefined }));
	const share = () =>
		sandbox.fault({
			api: 'batch_query',
			match: { query: { external_application_id: '78' } },
			do: withRows(sharedRows),
		});
	share();

	const BREAKAGES: Record<Breakage, [action: FaultAction, message: string]> = {
		refusal: [{ kind: 'answer', status: 400, code: 1002002 }, 'Feishu refused a parameter'],
		foreignRow: [
			withRows(() => [{ id: '9', external_application_id: '79' }]),
			'Feishu returned background checks that were not requested',
		],
	};

	return {
		put: (id, fields, isShared) => {
			const check = structuredClone({ ...fields, id, external_application_id: '77' }) as Check;
			if (sandbox.checks.byId(id)) sandbox.checks.update(id, check);
			else sandbox.checks.add(check);
			shared[isShared ? 'add' : 'delete'](id);
		},
		remove: (id) => void sandbox.checks.remove(id),
		all: () => sandbox.checks.all(),
		poll: async () => (await trigger.poll()) ?? [],
		failingPoll: async (breakage) => {
			const [action, message] = BREAKAGES[breakage];
			sandbox.resetLog();
			sandbox.clearFaults();
			const nth = sandbox.checks.size > BALLAST ? 3 : 1;
			sandbox.fault({ api: 'batch_query', nth, do: action });
			await expect(trigger.poll()).rejects.toThrow(message);
			sandbox.clearFaults();
			share();
		},
		restart: async () => (await trigger.restart()) ?? [],
	};
}

test('the same is true in n8n over HTTP, with polls that fail half-way, and restarts', async () => {
	await fc.assert(
		fc.asyncProperty(histories(25), fc.boolean(), async (steps, newestFirst) => {
			const trigger = await openTrigger({ checks: someChecks(BALLAST) }, WATCHED);
			trigger.tenant.sandbox.checks.addAt = newestFirst ? 'start' : 'end';
			await trigger.activate();
			const watcher = engineWatcher(trigger);
			expect(await followHistory(steps, watcher)).toEqual(whatIsThere(watcher));
			await trigger.tenant.sandbox.close();
		}),
		{ numRuns: 12 },
	);
});
