import { ANY_NUMBER, type Functions, numberArg, whole } from "./function.js";

/** Functions of numbers. */
export const NUMBER_FUNCTIONS: Functions = {
  abs: whole([1, 1], ([number]) => Math.abs(numberArg(number))),
  ceil: whole([1, 1], ([number]) => Math.ceil(numberArg(number))),
  floor: whole([1, 1], ([number]) => Math.floor(numberArg(number))),
  max: whole([1, ANY_NUMBER], (numbers) =>
    numbers.map(numberArg).reduce((one, other) => Math.max(one, other)),
  ),
  min: whole([1, ANY_NUMBER], (numbers) =>
    numbers.map(numberArg).reduce((one, other) => Math.min(one, other)),
  ),
};
