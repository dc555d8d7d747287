import { Component } from '@angular/core';

/** One stop of a commit on its way to the people who read this page. */
interface Stage {
  readonly name: string;
  readonly service: string;
  readonly work: string;
}

@Component({
  selector: 'app-root',
  standalone: true,
  templateUrl: './app.component.html',
  styleUrl: './app.component.css',
})
export class AppComponent {
  readonly stages: readonly Stage[] = [
    { name: 'Source', service: 'CodeCommit', work: 'A commit on main starts the pipeline.' },
    { name: 'Build', service: 'CodeBuild', work: 'It becomes an image, tagged with the commit.' },
    { name: 'Registry', service: 'Amazon ECR', work: 'The image is kept, one tag for each commit.' },
    { name: 'Deploy', service: 'Amazon ECS', work: 'New tasks take over from the old ones in turn.' },
  ];
}
