import type { Talent } from '../data/talentStore';

/** A talent as a list shows it: with far more personal data than our client should keep. */
export function listItemOf(talent: Talent): Record<string, unknown> {
	return { id: talent.id, ...common(talent), is_onboarded: false };
}

/** A talent as version 2 of "获取人才详情" shows it: flat in `data`. */
export function detailsOf(talent: Talent): Record<string, unknown> {
	return {
		talent_id: talent.id,
		...common(talent),
		talent_folder_ref_list_v2: [],
		tag_list: [],
		note_list: [{ id: `${talent.id}1`, talent_id: talent.id, content: '期望薪资较高,沟通顺畅' }],
	};
}

function common(talent: Talent): Record<string, unknown> {
	const { career = [] } = talent;
	return {
		basic_info: basicInfo(talent),
		education_list: [{ school: '示例大学', degree: 6, field_of_study: '计算机科学' }],
		career_list: career.map(({ company, title }) => ({ company, title, career_type: 2 })),
	};
}

function basicInfo(talent: Talent): Record<string, unknown> {
	const { name, emails = [], mobiles = [], identification, updatedAt } = talent;
	const [mobile] = mobiles;
	return {
		name,
		mobile: mobile?.number,
		mobile_code: mobile?.code,
		mobile_country_code: mobile && (mobile.code === '86' ? 'CN_1' : `XX_${mobile.code}`),
		email: emails[0],
		identification: identification && {
			identification_type: identification.type,
			identification_number: identification.number,
		},
		birthday: '1990-01-01',
		gender: 1,
		experience_years: 5,
		current_home_address: '示例市示例路 1 号',
		modify_time: updatedAt === undefined ? undefined : String(updatedAt),
	};
}
