import { BotAdapter, TurnContext, type Activity, type ResourceResponse } from 'botbuilder';

/** Takes what is sent, and gives ids to it. */
export class Wire extends BotAdapter {
  readonly sent: (Partial<Activity> & { readonly id: string })[] = [];

  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map((activity) => {
      // A card that cannot be written as JSON cannot be sent.
      const sent = { ...(JSON.parse(JSON.stringify(activity)) as Partial<Activity>), id: `m${this.sent.length + 1}` };
      this.sent.push(sent);
      return { id: sent.id };
    });
  }
  override async updateActivity(): Promise<never> {
    throw new Error('dialogs edit nothing: cards follow through showLater');
  }
  override async deleteActivity(): Promise<never> {
    throw new Error('dialogs delete nothing');
  }
  override async continueConversation(): Promise<never> {
    throw new Error('dialogs speak when they are spoken to');
  }
  async turn(activity: Partial<Activity>, run: (context: TurnContext) => Promise<void>): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), run);
  }
}
