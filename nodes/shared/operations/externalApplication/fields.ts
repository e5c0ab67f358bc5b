import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { isBlank, oneOf } from '../../form/values';
import { MAX_LENGTH, type Form } from '../../form/form';

/** A field of an external application, in the form and in the request body. */
interface Field {
	property: INodeProperties;
	/** Feishu's name for it ("创建外部投递"). */
	sentAs: string;
	read: (form: Form, label: string, value: unknown) => string | number;
}

const text = (form: Form, label: string, value: unknown) => form.text(label, value);
const dateTime = (form: Form, label: string, value: unknown) => form.dateTime(label, value);
const choice = (values: readonly number[]) => (_form: Form, label: string, value: unknown) =>
	oneOf(label, value, values);

/** Sorted by label, as n8n requires of collections. New objects each time. */
const fields = (): Field[] => [
	{
		sentAs: 'create_time',
		read: dateTime,
		property: {
			displayName: 'Created At',
			name: 'createTime',
			type: 'dateTime',
			default: '',
			description: "When the candidate applied (投递创建时间), in the workflow's time zone",
		},
	},
	{
		sentAs: 'delivery_type',
		read: choice([1, 2, 3, 4]),
		property: {
			displayName: 'Delivery Type',
			name: 'deliveryType',
			type: 'options',
			options: [
				{
					name: 'Candidate Applied',
					value: 2,
					description: 'The candidate applied (候选人主动投递)',
				},
				{ name: 'HR Sourcing', value: 1, description: 'HR found the candidate (HR 寻访)' },
				{ name: 'Other', value: 4, description: 'Any other way (其他)' },
				{ name: 'Referral', value: 3, description: 'Someone recommended the candidate (内推)' },
			],
			default: 1,
			description: 'How the candidate came to apply (投递类型)',
		},
	},
	{
		sentAs: 'modify_time',
		read: dateTime,
		property: {
			displayName: 'Ended At',
			name: 'modifyTime',
			type: 'dateTime',
			default: '',
			description: "When the application ended (投递终止时间), in the workflow's time zone",
		},
	},
	{
		sentAs: 'job_recruitment_type',
		read: choice([1, 2]),
		property: {
			displayName: 'Job Recruitment Type',
			name: 'jobRecruitmentType',
			type: 'options',
			options: [
				{ name: 'Campus', value: 2, description: 'Campus recruitment (校招)' },
				{ name: 'Social', value: 1, description: 'Recruitment of experienced hires (社招)' },
			],
			default: 1,
			description: 'The type of recruitment (招聘类型)',
		},
	},
	textField('Job Title', 'jobTitle', 'job_title', 'The job title (职位名称)'),
	textField(
		'Resume Source',
		'resumeSource',
		'resume_source',
		'Where the resume came from (简历来源)',
	),
	textField('Stage', 'stage', 'stage', 'The stage of the application (阶段名称)'),
	textField(
		'Termination Reason',
		'terminationReason',
		'termination_reason',
		'Why the application ended (终止原因)',
	),
	textField(
		'Termination Type',
		'terminationType',
		'termination_type',
		'How the application ended (终止类型)',
	),
];

function textField(displayName: string, name: string, sentAs: string, what: string): Field {
	const description = `${what}, at most ${MAX_LENGTH.text} characters`;
	return {
		sentAs,
		read: text,
		property: { displayName, name, type: 'string', default: '', description },
	};
}

/** The form fields of a collection, one per field. */
export const applicationProperties = (): INodeProperties[] =>
	fields().map(({ property }) => property);

/** Feishu's names of the fields. */
export const APPLICATION_FIELDS: readonly string[] = fields().map(({ sentAs }) => sentAs);

/** Feishu's names of the times, and their labels. */
export const TIMES = fields()
	.filter(({ read }) => read === dateTime)
	.map(({ property, sentAs }): [string, string] => [sentAs, property.displayName]);

/** The fields that an item fills in, as Feishu takes them. @throws ParameterError */
export function readApplicationFields(form: Form, collection: IDataObject): IDataObject {
	return Object.fromEntries(
		fields()
			.filter(({ property }) => !isBlank(collection[property.name]))
			.map(({ property: { name, displayName }, sentAs, read }) => [
				sentAs,
				read(form, displayName, collection[name]),
			]),
	);
}
