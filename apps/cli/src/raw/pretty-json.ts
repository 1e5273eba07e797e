import { RawNumber, stringifyJson } from '@kr/schemas/json';

/** JSON over several lines; what fits into one stays there. Numbers keep their digits. */
export const prettyJson = (value: unknown, indent = ''): string => {
  const flat = stringifyJson(value);
  if (indent.length + flat.length <= 80 || !isNested(value)) return flat;
  const deeper = `${indent}  `;
  const isList = Array.isArray(value);
  const members = isList
    ? value.map((item) => prettyJson(item, deeper))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${prettyJson(item, deeper)}`);
  const [open, close] = isList ? '[]' : '{}';
  return `${open}\n${members.map((member) => deeper + member).join(',\n')}\n${indent}${close}`;
};

const isNested = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof RawNumber);
