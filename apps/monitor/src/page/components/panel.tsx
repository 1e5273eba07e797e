import type { ComponentChildren } from 'preact';

export interface PanelProps {
  readonly name: string;
  readonly title: ComponentChildren;
  readonly controls?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A view with its title and what adjusts it. */
export const Panel = ({ name, title, controls, children }: PanelProps) => (
  <section class={`panel panel-${name}`} data-panel={name} aria-label={name}>
    <header class="panel-head">
      <h2 class="panel-title">{title}</h2>
      <div class="panel-controls">{controls}</div>
    </header>
    {children}
  </section>
);

export interface ChoiceProps<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly T[];
  readonly text?: (value: T) => string;
  readonly onChange: (value: T) => void;
}

/** Some values side by side, of which one holds. */
export const Choice = <T extends string | number>(props: ChoiceProps<T>) => (
  <div class="choice" role="group" aria-label={props.label}>
    {props.choices.map((choice) => (
      <button
        key={choice}
        type="button"
        aria-pressed={choice === props.value}
        onClick={() => props.onChange(choice)}
      >
        {props.text?.(choice) ?? choice}
      </button>
    ))}
  </div>
);

/** What stands where the pointer is. */
export const Readout = ({ text }: { readonly text: string }) => (
  <output class="readout">{text}</output>
);
