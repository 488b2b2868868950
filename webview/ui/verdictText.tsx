import type { Named, Verdict } from '../../src/core/checkNumbers';
import { full, whole } from '../../src/core/format';
import { plainName } from '../model/equationParts';
import { Icon } from './icon';

/** What is to be said of numbers that somebody has computed. */
export function VerdictText({ verdict }: { verdict: Verdict }) {
  switch (verdict.kind) {
    case 'right':
      return (
        <p class="right" data-verdict="right">
          <Icon name="check" /> <b>Right</b>, to all {digits(verdict.digits)} shown.
          {verdict.flat && ' The outer brackets are missing: the shape is (m,), not (1, m).'}
        </p>
      );
    case 'tooFewDigits':
      return (
        <div data-verdict="tooFewDigits">
          <p>
            <b>Too few digits to tell.</b> It fits, to the {digits(verdict.digits)} shown
            {verdict.alike.length > 0 ? ', but so would this:' : '.'}
          </p>
          <Slips slips={verdict.alike} />
        </div>
      );
    case 'slips':
      return (
        <div data-verdict="slips">
          <p>
            <Icon name="lightbulb" />{' '}
            <b>{verdict.slips.length === 1 ? 'This slip gives it:' : 'Each of these slips gives it:'}</b>
          </p>
          <Slips slips={verdict.slips} />
          {verdict.apart && <p class="caption">More digits would tell them apart.</p>}
        </div>
      );
    case 'elsewhere':
      return (
        <p data-verdict="elsewhere">
          <b>Another quantity:</b> these are the numbers of {verdict.keys.map(plainName).join(' and ')}.
        </p>
      );
    case 'shape':
      return (
        <p data-verdict="shape">
          <b>Another shape:</b> it should be {verdict.expected.map(whole).join(' × ')}, and is{' '}
          {verdict.pasted.length === 0
            ? 'a single number'
            : verdict.pasted.map((n) => (n === null ? '…' : whole(n))).join(' × ')}
          . No slip that is known gives it.
        </p>
      );
    case 'different':
      return (
        <p data-verdict="different">
          <b>Not the same,</b> and no slip that is known gives it.{' '}
          {verdict.compared > 1 && (
            <>
              {whole(verdict.wrong)} of {whole(verdict.compared)} differ; farthest off is row{' '}
              {verdict.row + 1}, column {verdict.col + 1}: {full(verdict.pasted)}, and it is{' '}
              {full(verdict.exact)}.
            </>
          )}
        </p>
      );
    case 'unreadable':
      return (
        <p data-verdict="unreadable">
          <b>It cannot be read.</b> {verdict.problem}
        </p>
      );
    case 'tooLarge':
      return (
        <p data-verdict="tooLarge">
          <b>Too large to compute along:</b> this network over {whole(verdict.examples)} examples.{' '}
          {verdict.most > 0 ? 'Show one or a few of them above.' : 'One example is too much already.'}
        </p>
      );
    default:
      return verdict satisfies never;
  }
}

const digits = (count: number) => (count === 1 ? '1 digit' : `${count} digits`);

const Slips = ({ slips }: { slips: readonly Named[] }) =>
  slips.length > 0 ? (
    <ul class="slips">
      {slips.map(({ code, sentence }) => (
        <li key={code} data-slip={code}>
          {sentence}
        </li>
      ))}
    </ul>
  ) : null;
