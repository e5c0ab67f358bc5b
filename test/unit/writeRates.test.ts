import { writeRates } from '../../nodes/shared/hire/writeRates';

/** What Feishu's page of each API allows, in a minute ("接口频率限制"). */
const ALLOWED: Record<keyof typeof writeRates, number> = {
	createCheck: 1200,
	updateCheck: 600,
	deleteCheck: 600,
	readChecks: 600,
	createApplication: 1200,
	updateApplication: 1200,
	deleteApplication: 20,
	uploadAttachment: 1000,
};

test.each(Object.entries(ALLOWED))(
	'%s is as fast as Feishu allows, and not faster: %i in a minute',
	(name, allowed) => {
		const inAMinute = writeRates[name as keyof typeof writeRates] * 60;
		expect(inAMinute).toBeLessThanOrEqual(allowed);
		expect(inAMinute).toBeGreaterThanOrEqual(allowed * 0.95);
	},
);
