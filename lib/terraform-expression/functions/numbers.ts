import { Failure } from "../failure.js";
import { ANY_NUMBER, type Functions, listArg, numberArg, whole } from "./function.js";

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
  sum: whole([1, 1], ([list]) => {
    const numbers = listArg(list).map(numberArg);
    if (numbers.length === 0) {
      throw new Failure("sum() is given no number");
    }
    return numbers.reduce((one, other) => one + other);
  }),
};
