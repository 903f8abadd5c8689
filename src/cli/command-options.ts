export const EVAL_KINDS = ['faq', 'dates', 'utterances'] as const;
export type EvalKindName = (typeof EVAL_KINDS)[number];

export const EXPORT_FORMATS = ['json', 'csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The options of `export` as they are typed. */
export interface ExportOptions {
  readonly format: ExportFormat;
  readonly customer?: string;
  readonly out?: string;
}
