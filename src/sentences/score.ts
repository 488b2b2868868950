/** What a score is called: R² of numbers, accuracy of classes. */
export const scoreName = (isRegression: boolean): string => (isRegression ? 'R²' : 'accuracy');

/** The same as a heading, or where a sentence begins. */
export const scoreTitle = (isRegression: boolean): string => (isRegression ? 'R²' : 'Accuracy');
