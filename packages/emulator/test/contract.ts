export function expectContract(_api: string, _response: Response, _text: string): void {}
