import type { INodeProperties } from 'n8n-workflow';
import type { Form } from '../form/form';
import { optionsField } from '../form/requestOptions';
import type { ItemRequest, Operation, Run, Runnable, Work } from '../run/operation';
import { runnable } from '../run/runItems';
import { Output, type Rows } from './output';

/** What all operations that read one kind of record share. */
interface Kind<C extends ItemRequest> extends Pick<Operation<C>, 'fields' | 'finish'> {
	rows: Rows;
	options?: () => INodeProperties[];
	/** @throws ParameterError */
	read: (form: Form) => C;
}

/** The part of an operation that differs between them. Its fields and options come first. */
interface Own<C extends ItemRequest, Q>
	extends Omit<Operation<never>, 'finish' | 'read' | 'start'> {
	options?: () => INodeProperties[];
	/** @param common what all operations read @throws ParameterError */
	read: (form: Form, common: C) => Q;
	/** As in `Operation`. */
	start: (run: Run, requests: ReadonlyArray<C & Q>, output: Output) => Work<C & Q>;
}

/** @returns a function that completes an operation on this kind of record */
export const operationsOn =
	<C extends ItemRequest>({ rows, finish, ...kind }: Kind<C>) =>
	<Q extends object>(own: Own<C, Q>): Operation<C & Q> & Runnable =>
		runnable<C & Q>({
			...own,
			fields: () => [
				...own.fields(),
				...kind.fields(),
				optionsField([...(own.options?.() ?? []), ...(kind.options?.() ?? [])]),
			],
			read: (form) => {
				const common = kind.read(form);
				return { ...common, ...own.read(form, common) };
			},
			start: (run, requests) => own.start(run, requests, new Output(run, rows)),
			finish,
		});
