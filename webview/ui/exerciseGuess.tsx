import type { Guess } from '../../src/core/exercises/exercise';
import { Icon } from './icon';

interface Props {
  readonly guess: Guess;
  readonly chosen: number | null;
  /** Whether the answer has been seen: then the guess stays what it was. */
  readonly isSeen: boolean;
  choose(choice: number): void;
}

/** What a person takes for the answer, asked before it is seen; what is right is said afterwards. */
export function ExerciseGuess({ guess: { question, choices, right }, chosen, isSeen, choose }: Props) {
  return (
    <fieldset class="guesses" data-guessed={chosen ?? undefined}>
      <legend>{isSeen ? question : `Your guess first: ${question}`}</legend>
      {isSeen ? (
        <ul>
          {choices.map((choice, k) => (
            <li key={choice}>
              <Icon name={k === right ? 'check' : 'blank'} class="fine" />
              <span>{choice}</span>
              <span class="outcome">{verdictOf(k === right, k === chosen)}</span>
            </li>
          ))}
        </ul>
      ) : (
        choices.map((choice, k) => (
          <label key={choice}>
            <input type="radio" name={question} checked={chosen === k} onChange={() => choose(k)} />
            <span>{choice}</span>
          </label>
        ))
      )}
    </fieldset>
  );
}

function verdictOf(isRight: boolean, isGuess: boolean): string {
  if (isRight) return isGuess ? 'so it is, as you guessed' : 'so it is';
  return isGuess ? 'your guess' : '';
}
