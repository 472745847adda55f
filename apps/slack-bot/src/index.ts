export { createSlackBot, SLACK_PATH, type SlackBot, type SlackBotOptions } from "./create-slack-bot.ts";
export { createHealthHandler } from "./health/create-health-handler.ts";
