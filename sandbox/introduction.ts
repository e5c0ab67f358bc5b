import { type Check, fixtureChecks, people, type Sandbox } from '.';

/** The result of a check that is still in progress, which a trigger waits to see change. */
const OPEN_RESULT = '进行中';

/**
 * A command line that changes the result of a check, so that a trigger that watches the sandbox
 * fires at its next poll.
 * @returns undefined for a tenant without checks
 */
export function changeCommand({ url, checks }: Sandbox): string | undefined {
	const open = fixtureChecks().find(({ result }) => result === OPEN_RESULT);
	const id = open && checks.byId(open.id) ? open.id : checks.all()[0]?.id;
	return id && `curl -X PUT ${url}/sandbox/checks/${id} -d '{"result": "未通过"}'`;
}

/** The application with the most checks. */
export function fullestApplication(checks: Check[]): { id: string; count: number } | undefined {
	const counts = new Map<string, number>();
	for (const { external_application_id: id } of checks) {
		counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	const [fullest] = [...counts].sort(([, a], [, b]) => b - a);
	return fullest && { id: fullest[0], count: fullest[1] };
}

/** Candidates to look up, one per line: name, email address, phone number, and what there is to find. */
export function peopleToTry(sandbox: Sandbox): string {
	const { applications, checks, ordinaryApplications, orders, talents } = sandbox;
	const { twoNumbers, shortName, withoutCheck, withoutApplication, sharedName, namesake } = people;
	return [twoNumbers, shortName, withoutCheck, withoutApplication, sharedName, namesake]
		.filter(({ id }) => talents.byId(id))
		.map(({ id, name, emails: [email], mobiles: [mobile] }) => {
			const found = applications.inGroup(id);
			const count = found.flatMap((application) => checks.inGroup(application.id)).length;
			const ordered = ordinaryApplications
				.inGroup(id)
				.flatMap((application) => orders.inGroup(application.id)).length;
			const isShared = name === sharedName.name;
			return [
				`  ${name.padEnd(5, '\u3000')}`,
				email.toLowerCase().padEnd(28),
				mobile.number,
				` external applications: ${found.length}, background checks: ${count}, orders: ${ordered}${isShared ? '; a name that two have' : ''}`,
			].join(' ');
		})
		.join('\n');
}

/** What a user needs to use the sandbox from n8n, in the words of n8n's form. */
export function introduction(sandbox: Sandbox): string {
	const { url, app, checks, orders } = sandbox;
	const all = checks.all();
	const application = fullestApplication(all);
	const trial =
		application &&
		`To try a query:
  an external application with ${application.count} check${application.count === 1 ? '' : 's'}  ${application.id}
  two background checks                    ${all
		.slice(0, 2)
		.map(({ id }) => id)
		.join(', ')}
  candidates, by name, email address or phone number
${peopleToTry(sandbox)}

To make the Feishu Hire Trigger fire, change a check:
  ${changeCommand(sandbox)}

`;
	return `A sandbox tenant of Feishu Hire with ${checks.size} background checks and ${orders.size} orders is running at ${url}

In n8n, add a credential "Feishu Hire API" and enter:
  Region           Custom
  Custom Base URL  ${url}
  App ID           ${app.appId}
  App Secret       ${app.appSecret}

${trial ?? ''}See what arrives: ${url}/sandbox/log    Stop: Ctrl+C`;
}
